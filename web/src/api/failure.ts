export type FailureKind = 'offline' | 'unreachable' | 'busy' | 'missing' | 'refused' | 'server'

const TOO_MANY_REQUESTS = 429
const PATIENCE_WITHOUT_ADVICE = 30
const MOST_PATIENCE = 600

/** Why there is no answer, in terms a visitor can be told. */
export class ApiFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** Names the request in the server's logs. */
    readonly requestId: string | null = null,
    /** For `busy`: the seconds after which asking again helps. */
    readonly retryAfter = 0,
  ) {
    super(kind)
  }

  static fromResponse(response: Response): ApiFailure {
    const kind = kindOf(response.status)
    return new ApiFailure(
      kind,
      response.headers.get('X-Request-Id'),
      kind === 'busy' ? secondsToWait(response) : 0,
    )
  }

  /** No response at all. */
  static fromNetwork(): ApiFailure {
    return new ApiFailure(navigator.onLine ? 'unreachable' : 'offline')
  }

  /** Whether the same request may succeed a moment later. */
  get passing(): boolean {
    return this.kind === 'unreachable' || this.kind === 'server'
  }
}

function kindOf(status: number): FailureKind {
  if (status === 404) return 'missing'
  if (status === TOO_MANY_REQUESTS) return 'busy'
  return status >= 400 && status < 500 ? 'refused' : 'server'
}

function secondsToWait(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN)
  return seconds >= 1 ? Math.min(Math.ceil(seconds), MOST_PATIENCE) : PATIENCE_WITHOUT_ADVICE
}
