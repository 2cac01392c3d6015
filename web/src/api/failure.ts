export type FailureKind = 'offline' | 'unreachable' | 'busy' | 'missing' | 'refused' | 'server'

/** Why there is no answer, in terms a visitor can be told. */
export class ApiFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** Names the request in the server's logs. */
    readonly requestId: string | null = null,
  ) {
    super(kind)
  }

  static fromResponse(response: Response): ApiFailure {
    return new ApiFailure(kindOf(response.status), response.headers.get('X-Request-Id'))
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
  if (status === 429) return 'busy'
  return status >= 400 && status < 500 ? 'refused' : 'server'
}
