/** The bundle comes without types; its options: https://redocly.com/docs/redoc/config. */
declare module 'redoc/bundles/redoc.standalone.js' {
  export function init(
    contract: string,
    options: Record<string, unknown>,
    element: HTMLElement | null,
    done?: (error?: Error) => void,
  ): void
}
