import { expect, it } from 'vitest'
import { addressOf, ConfigError, readConfig } from '../../../server/config.ts'
import { limits } from '../../../shared/wire/limits.ts'

it('HT14 without an environment the server listens on this machine alone, on port 8080, over ./data', () => {
  expect(readConfig({})).toEqual({ port: 8080, host: '127.0.0.1', dataFolder: './data', logLevel: 'info', updatesPerSecondMax: limits.updatesPerSecondMax, keySource: { from: 'folder' } })
})

it('HT14 the environment decides port, host, data folder, log and how fast a socket may speak', () => {
  const config = readConfig({ PORT: '0', HOST: '0.0.0.0', OMNIBUS_DATA: '/srv/omnibus', OMNIBUS_LOG: 'debug', OMNIBUS_UPDATES_PER_SECOND: '5000', OTHER: 'x' })
  expect(config).toEqual({ port: 0, host: '0.0.0.0', dataFolder: '/srv/omnibus', logLevel: 'debug', updatesPerSecondMax: 5_000, keySource: { from: 'folder' } })
})

it.each([['PORT', '65536'], ['PORT', '-1'], ['PORT', 'http'], ['PORT', ''], ['HOST', ''], ['HOST', 'a b'], ['HOST', 'http://x'], ['OMNIBUS_DATA', ''], ['OMNIBUS_LOG', 'loud'], ['OMNIBUS_UPDATES_PER_SECOND', '0'], ['OMNIBUS_UPDATES_PER_SECOND', '1000000']])(
  'HT14 %s=%j is refused in one line that names it', (name, value) => {
    const read = () => readConfig({ [name]: value })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(new RegExp(`^${name} is ${JSON.stringify(value)}; it should be [^\n]+\\.$`))
  })

it('SE3 the environment may hold the signing key or name its file, not both', () => {
  expect(readConfig({ OMNIBUS_SIGNING_KEY: 'pem' }).keySource).toEqual({ from: 'variable', pem: 'pem' })
  expect(readConfig({ OMNIBUS_SIGNING_KEY_FILE: '/run/key.pem' }).keySource).toEqual({ from: 'file', path: '/run/key.pem' })
  expect(() => readConfig({ OMNIBUS_SIGNING_KEY: 'pem', OMNIBUS_SIGNING_KEY_FILE: '/run/key.pem' })).toThrow(/^[^\n]*both set[^\n]*$/)
})

it('HT14 the printed address opens in a browser on the same machine', () => {
  expect(addressOf('127.0.0.1', 8080)).toBe('http://127.0.0.1:8080')
  expect(addressOf('0.0.0.0', 80)).toBe('http://localhost:80')
  expect(addressOf('::1', 80)).toBe('http://[::1]:80')
})
