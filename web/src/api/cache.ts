import { QueryClient } from '@tanstack/vue-query'
import { ApiFailure } from './failure'

declare module '@tanstack/vue-query' {
  interface Register {
    defaultError: ApiFailure
  }
}

const SECOND = 1000

/** What was fetched is fresh for a while and kept for Back; what may pass is tried once more. */
export const createCache = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30 * SECOND,
        gcTime: 600 * SECOND,
        // Without a network we say so at once instead of waiting for it.
        networkMode: 'always',
        retry: (failures, failure) => failure.passing && failures < 1,
        retryDelay: 0.6 * SECOND,
        refetchOnWindowFocus: false,
      },
    },
  })
