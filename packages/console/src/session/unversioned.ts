import { ApiError } from "./api.ts";
import { changedFields } from "./three-way.ts";

/**
 * For what the platform gives no version: it is read once more before it is written, so that of two who have it open nobody
 * overwrites the other unasked. Who saves in the same moment is not seen.
 *
 * @throws ApiError 409 `version.conflict` where it is not as `base` any more
 */
export async function requireUnchanged<Thing extends object>(read: () => Promise<Thing>, base: Thing): Promise<void> {
	if (changedFields(base, await read()).length > 0) throw new ApiError(409, { code: "version.conflict" });
}
