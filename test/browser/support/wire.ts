/** The line between a browser and a server: a plain TCP relay that can be cut, taken over by a network that wants one to sign in, and mended. */
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

export class Wire {
  readonly address: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #isCut = false
  #isTaken = false

  private constructor(server: Server, port: number, to: number) {
    this.#server = server
    this.address = `http://127.0.0.1:${port}`
    server.on('connection', (near) => {
      if (this.#isTaken) return answerWithPage(near)
      if (this.#isCut) return near.destroy()
      const far = connect(to, '127.0.0.1')
      for (const [socket, other] of [[near, far], [far, near]] as const) {
        this.#sockets.add(socket)
        socket.on('error', () => undefined)
        socket.on('close', () => {
          this.#sockets.delete(socket)
          other.destroy()
        })
        socket.pipe(other)
      }
    })
  }

  /** To the server at this address. */
  static async to(address: string): Promise<Wire> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new Wire(server, (server.address() as AddressInfo).port, Number(new URL(address).port))
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Whatever is asked is answered with a page of somebody else's. */
  take(): void {
    this.cut()
    this.#isTaken = true
  }

  mend(): void {
    this.#isCut = false
    this.#isTaken = false
  }

  close(): void {
    this.cut()
    this.#server.close()
  }
}

const page = '<html><title>Airport</title>Sign in to use this network</html>'

function answerWithPage(socket: Socket): void {
  socket.on('error', () => undefined)
  socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\nconnection: close\r\n\r\n${page}`))
}
