import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** The client as the server hands it out: one page, hashed files, nothing inline (the content security policy forbids it). */
export default defineConfig({
  root: 'client',
  plugins: [preact()],
  build: { outDir: '../dist/client', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
