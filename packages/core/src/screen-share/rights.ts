import { screenSharePermission } from "@inlay/contract/screen-share";
import { divisionIdsNow } from "../conversations/divisions.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Controller } from "../conversations/service.ts";
import { missingWhere } from "../kernel/principal.ts";

/** Whether somebody who holds that may share screens in that interaction: where it is now, as with a page (decision 46). */
export function maySeeScreens(
	conversation: Conversation,
	holds: (permission: string, divisionId: string) => boolean,
): boolean {
	return divisionIdsNow(conversation).some((id) => holds(screenSharePermission, id));
}

/** @throws ApiError 403 `missing.division.permission` for who holds it elsewhere alone */
export function requireScreens(conversation: Conversation, { may }: Controller): void {
	if (may === undefined || maySeeScreens(conversation, may)) return;
	throw missingWhere(screenSharePermission, divisionIdsNow(conversation), may);
}
