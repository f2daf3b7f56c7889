/** The page: its files, and its one document for every address that the page itself understands. */
import express, { Router } from 'express'

const pageAddresses = ['/', '/verify', '/join/*rest', '/draft/*rest']

export function pageRoutes(clientFolder: string): Router {
  const router = Router()
  router.get(pageAddresses, (_request, response) => {
    response.sendFile('index.html', { root: clientFolder, cacheControl: false, headers: { 'Cache-Control': 'no-cache' } })
  })
  // The names of built assets hold a digest of what is in them.
  router.use('/assets', express.static(`${clientFolder}/assets`, { index: false, redirect: false, immutable: true, maxAge: '365d' }))
  router.use(express.static(clientFolder, { index: false, redirect: false }))
  return router
}
