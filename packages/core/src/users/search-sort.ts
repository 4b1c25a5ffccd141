import { badField, notSupported } from "../kernel/http/api-error.ts";
import { isDescending } from "../kernel/http/schemas.ts";
import type { SearchRequest } from "./search-schema.ts";

/**
 * How a search request wants its results: by the first of `columns` unless it names one, or by how well they fit.
 * @throws ApiError 400 `not.supported` for another column, and for several
 */
export function readSort<const C extends string>(
	request: SearchRequest,
	columns: readonly [C, ...C[]],
): { sortBy: C; descending: boolean; byScore: boolean } {
	if ((request.sort?.length ?? 0) > 1) throw notSupported(["sort"]);
	// One of two orders would be dropped.
	if (request.sort?.[0] && request.sortBy) throw notSupported(["sort", "sortBy"]);
	const { sortBy, sortOrder } = request.sort?.[0] ?? request;
	const column = sortBy ? columns.find((one) => one.toLowerCase() === sortBy.toLowerCase()) : columns[0];
	if (!column) throw notSupported([`sortBy=${sortBy}`]);
	const byScore = sortOrder?.toUpperCase() === "SCORE";
	if (sortOrder && !byScore && !/^(asc|desc)(ending)?$/i.test(sortOrder))
		throw badField("sortOrder", "sortOrder must be ASC, DESC or SCORE.");
	return { sortBy: column, descending: isDescending(sortOrder), byScore };
}
