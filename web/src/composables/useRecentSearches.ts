import { recentList } from './recent'

const MOST = 6

const searches = recentList<string>(
  'searches',
  MOST,
  (text) => text.toLowerCase(),
  (value): value is string => typeof value === 'string',
)

/** What was searched for on this device, the last one first. */
export const useRecentSearches = () => ({
  searches: searches.items,
  add: (text: string) => text.trim() && searches.add(text.trim()),
  clear: searches.clear,
})
