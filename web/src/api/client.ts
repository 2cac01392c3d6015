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
export type Home = components['schemas']['Home']
export type HomeSection = components['schemas']['HomeSection']
export type Facets = components['schemas']['Facets']
export type FacetName = keyof Facets
export type FilmQuery = NonNullable<operations['listMovies']['parameters']['query']>

/** By the contract a list of facets is one parameter, and genres are one each. */
const LISTS = ['facets']

function serialized(query: Record<string, unknown>): string {
  const parameters = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined || value === null) return []
    const values = LISTS.includes(name) ? [[value].flat().join(',')] : [value].flat()
    return values.map((one) => `${name}=${encodeURIComponent(String(one))}`)
  })
  return parameters.join('&')
}

const client = createClient<paths>({
  baseUrl: `${location.origin}/api/v1`,
  querySerializer: serialized,
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

/** Facets alone: how many films there are of each kind, of those that meet the criteria. */
export const countFilms = async (criteria: FilmQuery, facets: FacetName[], signal: AbortSignal) => {
  const query: FilmQuery = { ...criteria, facets, fields: 'id', per_page: 1, count: 'none' }
  return (await listFilms(query, signal)).facets ?? {}
}

/** A film, with the films that are like it. */
export const getFilm = (id: number, signal: AbortSignal): Promise<Film> =>
  dataOf(
    client.GET('/movies/{id}', { params: { path: { id }, query: { include: 'similar' } }, signal }),
    signal,
  )

export const getHome = (signal: AbortSignal): Promise<Home> => dataOf(client.GET('/home', { signal }), signal)

/** Says that somebody opened the film's page. Nobody waits for it, and a failure is not worth a word. */
export const countView = (id: number): Promise<unknown> =>
  client.POST('/movies/{id}/views', { params: { path: { id } }, keepalive: true }).catch(() => undefined)

export const suggestFilms = (q: string, signal: AbortSignal): Promise<Suggestions> =>
  dataOf(client.GET('/suggest', { params: { query: { q } }, signal }), signal)
