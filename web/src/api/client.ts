import createClient from 'openapi-fetch'
import { ApiFailure } from './failure'
import type { components, operations, paths } from './schema'

export type Film = components['schemas']['Movie']
export type FilmSummary = components['schemas']['MovieSummary']
export type FilmPage = components['schemas']['MoviePage']
export type Suggestions = components['schemas']['SuggestionList']
export type Suggestion = components['schemas']['Suggestion']
export type Corrections = components['schemas']['Corrections']
export type Ranges = components['schemas']['Ranges']
export type FilmQuery = NonNullable<operations['listMovies']['parameters']['query']>

const client = createClient<paths>({
  baseUrl: `${location.origin}/api/v1`,
  // Looked up at each call, so that a test may stand in for the network.
  fetch: (request) => globalThis.fetch(request),
})

interface Answer<T> {
  data?: T
  response: Response
}

/** The data of an answer, or an `ApiFailure`. An abort stays an abort. */
async function dataOf<T>(call: Promise<Answer<T>>, signal: AbortSignal): Promise<T> {
  const answer = await call.catch((cause: unknown) => {
    if (signal.aborted) throw cause
    throw cause instanceof SyntaxError ? new ApiFailure('server') : ApiFailure.fromNetwork()
  })
  if (answer.data === undefined) throw ApiFailure.fromResponse(answer.response)
  return answer.data
}

export const listFilms = (query: FilmQuery, signal: AbortSignal): Promise<FilmPage> =>
  dataOf(client.GET('/movies', { params: { query }, signal }), signal)

export const getFilm = (id: number, signal: AbortSignal): Promise<Film> =>
  dataOf(client.GET('/movies/{id}', { params: { path: { id } }, signal }), signal)

export const suggestFilms = (q: string, signal: AbortSignal): Promise<Suggestions> =>
  dataOf(client.GET('/suggest', { params: { query: { q } }, signal }), signal)

export const listGenres = async (signal: AbortSignal): Promise<string[]> => {
  const genres = await dataOf(client.GET('/genres', { signal }), signal)
  return genres.items.map((genre) => genre.value)
}
