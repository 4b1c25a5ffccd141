import { badField, notSupported } from "../kernel/http/api-error.ts";
import { isDescending } from "../kernel/http/schemas.ts";
import type { SearchRequest } from "./search-schema.ts";

/**
 * How a search request wants its results: by the first of `columns` unless it names one.
 * @throws ApiError 400 `not.supported` for another column, for several, and for the order by score
 */
export function readSort<const C extends string>(
	request: SearchRequest,
	columns: readonly [C, ...C[]],
): { sortBy: C; descending: boolean } {
	if ((request.sort?.length ?? 0) > 1) throw notSupported(["sort"]);
	// One of two orders would be dropped.
	if (request.sort?.[0] && request.sortBy) throw notSupported(["sort", "sortBy"]);
	const { sortBy, sortOrder } = request.sort?.[0] ?? request;
	const column = sortBy ? columns.find((one) => one.toLowerCase() === sortBy.toLowerCase()) : columns[0];
	if (!column) throw notSupported([`sortBy=${sortBy}`]);
	if (sortOrder?.toUpperCase() === "SCORE") throw notSupported(["sortOrder=SCORE"]);
	if (sortOrder && !/^(asc|desc)(ending)?$/i.test(sortOrder))
		throw badField("sortOrder", "sortOrder must be ASC or DESC.");
	return { sortBy: column, descending: isDescending(sortOrder) };
}
