import type { FilmPage, FilmSummary, Suggestion } from '@/api/client'

export const film = (change: Partial<FilmSummary> = {}): FilmSummary => ({
  id: 7,
  title: 'Зеркало',
  original_title: null,
  year: 1974,
  image_url: null,
  thumbnail_url: null,
  views: 0,
  added_at: '2026-01-01T00:00:00Z',
  source: 'rutube',
  source_id: '7',
  source_url: 'https://rutube.ru/video/7/',
  duration: '1:47:00',
  duration_seconds: 6420,
  genre: 'драма',
  genres: ['драма'],
  rating: 8.1,
  age_rating: 12,
  is_active: true,
  updated_at: '2026-01-01T00:00:00Z',
  revision: 1,
  ...change,
})

export const suggestion = (change: Partial<Suggestion> = {}): Suggestion => ({
  id: 7,
  title: 'Зеркало',
  original_title: null,
  year: 1974,
  thumbnail_url: null,
  highlight: { title: [[0, 7]] },
  ...change,
})

export const filmPage = (items: FilmSummary[], total = items.length): FilmPage => ({
  items,
  page: { number: 1, size: 24, total, pages: Math.ceil(total / 24), next_cursor: null, prev_cursor: null },
})
