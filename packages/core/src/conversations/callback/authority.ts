import { type ApiError, notFound } from "../../kernel/http/api-error.ts";
import { missingWhere } from "../../kernel/principal.ts";
import { requireDial } from "../dial-rights.ts";
import { divisionIdsNow } from "../divisions.ts";
import type { Conversation, QueueFacts } from "../model.ts";
import { mediumOfWhole } from "../model.ts";
import type { Controller } from "../service.ts";
import { agentOf, callbackOf, callbackParts, customerOf, factsOf } from "./model.ts";

const create = "conversation:callback:create";
const edit = "conversation:callback:edit";

/** Work is given to a queue by who may do so where the queue is. @throws ApiError 403 */
export function requireCreate({ divisionId = "" }: QueueFacts, by: Controller): void {
	if (by.may === undefined || by.may(create, divisionId)) return;
	throw missing(by, create, [divisionId]);
}

/** Whoever may agree upon callbacks where this one is. */
export function mayAgree(conversation: Conversation, by: Controller): boolean {
	return by.may === undefined || divisionIdsNow(conversation).some((id) => by.may?.(create, id));
}

/** Another queue gets it: whoever moves it needs what creating takes there, or editing. @throws ApiError 403 */
export function requireMove(before: QueueFacts, { id, divisionId = "" }: QueueFacts, by: Controller): void {
	if (id !== before.id && !by.may?.(edit, divisionId)) requireCreate({ ...before, divisionId }, by);
}

/** Owner, preferred user, creator, whoever has it in hand, and who may edit callbacks there. @throws ApiError 403, 404 */
export function requireChange(conversation: Conversation, by: Controller): void {
	if (mediumOfWhole(conversation) !== callbackParts.list) throw notFound("callback", conversation.id);
	if (by.may === undefined) return;
	const theirs = [...factsOf(conversation).users, agentOf(conversation)?.userId];
	if (by.userId !== undefined && theirs.includes(by.userId)) return;
	if (divisionIdsNow(conversation).some((id) => by.may?.(edit, id))) return;
	throw missing(by, edit, divisionIdsNow(conversation));
}

/** Other numbers: who may have them called, or may agree upon callbacks or edit them where this one is. @throws ApiError 403 */
export function requireNumbers(conversation: Conversation, numbers: readonly string[], by: Controller): void {
	if ([create, edit].some((one) => divisionIdsNow(conversation).some((id) => by.may?.(one, id)))) return;
	for (const number of numbers) requireDial(by, number, callbackOf(customerOf(conversation)).callbackNumbers);
}

function missing(by: Controller, permission: string, divisionIds: readonly string[]): ApiError {
	return missingWhere(permission, divisionIds, (one) => by.may?.(one) ?? true);
}
