/** Boot: who is signed in, and which of the addresses this is. */
import { signal } from '@preact/signals'
import { render } from 'preact'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { createApi } from './api.ts'
import type { Answer, Me } from './api.ts'
import { message } from './messages/index.ts'
import { Drafts } from './panels/Drafts.tsx'
import { RoomLoader } from './panels/room/RoomLoader.tsx'
import { Join, NotSignedIn, Plain } from './panels/SignIn.tsx'
import { Verify } from './panels/Verify.tsx'
import { followAddress, route } from './route.ts'
import { Button } from './ui/button.tsx'
import { Announcer, Toasts } from './ui/toasts.tsx'

const api = createApi()
const me = signal<Answer<Me> | null>(null)

const ask = async (): Promise<void> => {
  me.value = await api.me()
}

function Here(): JSX.Element {
  const at = route.value
  const who = me.value
  // Each address asks anew: joining and creating change what there is.
  useEffect(() => {
    if (at.page !== 'join' && at.page !== 'verify') {
      me.value = null
      void ask()
    }
  }, [at])
  if (at.page === 'verify') return <Verify />
  if (at.page === 'join') return <Join api={api} link={at.link} secret={at.secret} />
  if (who === null) return <Plain title={message('loading')}>{null}</Plain>
  if (!who.ok && who.code === 'not-signed-in') return <NotSignedIn />
  if (!who.ok) {
    return (
      <Plain title={message('not-reached')}>
        <p role="alert">{who.sentence}</p>
        <Button kind="primary" onPress={ask}>{message('try-again')}</Button>
      </Plain>
    )
  }
  return at.page === 'draft' ? <RoomLoader key={at.draft} api={api} me={who.result} draft={at.draft} /> : <Drafts api={api} me={who.result} />
}

const App = (): JSX.Element => (
  <>
    <Here />
    <Toasts />
    <Announcer />
  </>
)

followAddress()
render(<App />, document.getElementById('app')!)
