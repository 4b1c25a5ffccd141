/** Which slice of a listing is asked for. */
export interface PageRequest {
	pageSize: number;
	/** From 1. */
	pageNumber: number;
}

/** The platform's page envelope (platform-api 4.4); URIs are relative to the server. */
export interface Page<T> {
	entities: T[];
	pageSize: number;
	pageNumber: number;
	total: number;
	pageCount: number;
	firstUri: string;
	selfUri: string;
	lastUri: string;
	nextUri?: string;
	previousUri?: string;
}

export function pageRequest(query: { pageSize?: number; pageNumber?: number }): PageRequest {
	return { pageSize: query.pageSize ?? 25, pageNumber: query.pageNumber ?? 1 };
}

/** Rows to skip for a page. */
export function pageOffset(page: PageRequest): number {
	return (page.pageNumber - 1) * page.pageSize;
}

/** Wraps one page's entities. `url` is the request's own path and query, from which the links are made. */
export function pageOf<T>(entities: T[], total: number, page: PageRequest, url: string): Page<T> {
	const pageCount = Math.ceil(total / page.pageSize);
	const link = (pageNumber: number) => withPage(url, page.pageSize, pageNumber);
	return {
		entities,
		pageSize: page.pageSize,
		pageNumber: page.pageNumber,
		total,
		pageCount,
		firstUri: link(1),
		selfUri: link(page.pageNumber),
		lastUri: link(Math.max(1, pageCount)),
		...(page.pageNumber < pageCount ? { nextUri: link(page.pageNumber + 1) } : {}),
		...(page.pageNumber > 1 ? { previousUri: link(page.pageNumber - 1) } : {}),
	};
}

/** Pages a list that is in memory already. */
export function pageOfAll<T>(all: T[], page: PageRequest, url: string): Page<T> {
	const start = pageOffset(page);
	return pageOf(all.slice(start, start + page.pageSize), all.length, page, url);
}

/** Pages a list that is in memory where pages are asked for; else all of it is the first one. */
export function pageOrAll<T>(all: T[], query: { pageSize?: number; pageNumber?: number }, url: string): Page<T> {
	const { pageSize = query.pageNumber === undefined ? Math.max(25, all.length) : 25, pageNumber = 1 } = query;
	return pageOfAll(all, { pageSize, pageNumber }, url);
}

function withPage(url: string, pageSize: number, pageNumber: number): string {
	const [path = "", query = ""] = url.split("?");
	const params = new URLSearchParams(query);
	params.set("pageSize", String(pageSize));
	params.set("pageNumber", String(pageNumber));
	return `${path}?${params}`;
}
