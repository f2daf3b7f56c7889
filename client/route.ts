/** Where we are: four addresses, and everything else is the list of drafts. */
import { signal } from '@preact/signals'

export type Route =
  | { readonly page: 'drafts' }
  | { readonly page: 'verify' }
  | { readonly page: 'join'; readonly link: string; readonly secret: string }
  | { readonly page: 'draft'; readonly draft: string }

export function routeOf(pathname: string, hash: string): Route {
  const [first, second, ...rest] = pathname.split('/').filter((part) => part !== '').map(decoded)
  if (first === 'verify' && second === undefined) return { page: 'verify' }
  if (rest.length > 0 || second === undefined || second === '') return { page: 'drafts' }
  if (first === 'join') return { page: 'join', link: second, secret: hash.replace(/^#/, '') }
  if (first === 'draft') return { page: 'draft', draft: second }
  return { page: 'drafts' }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

export const route = signal<Route>({ page: 'drafts' })

export function followAddress(): void {
  const read = (): void => {
    route.value = routeOf(location.pathname, location.hash)
  }
  addEventListener('popstate', read)
  read()
}

export function go(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  route.value = routeOf(location.pathname, location.hash)
}

export const draftPath = (draft: string): string => `/draft/${encodeURIComponent(draft)}`
