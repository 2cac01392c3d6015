import { useQuery } from '@tanstack/vue-query'
import { getHome } from '@/api/client'
import { keys } from '@/api/pageData'

export const useHome = () => useQuery({ queryKey: keys.home(), queryFn: ({ signal }) => getHome(signal) })
