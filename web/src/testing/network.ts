import { vi } from 'vitest'

/** Stands in for the network: answers every request with what `answer` returns. Undone after each test. */
export function stubNetwork(answer: (url: URL, request: Request) => Response | Promise<Response>) {
  const calls: URL[] = []
  const fetch = vi.fn(async (request: Request) => {
    const url = new URL(request.url)
    calls.push(url)
    return answer(url, request)
  })
  vi.stubGlobal('fetch', fetch)
  return calls
}

export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' }, ...init })
