import { type Principal, requireInDivision } from "../kernel/principal.ts";
import type { CampaignValue } from "./model.ts";
import type { RuleSetValue } from "./rule-set-model.ts";

/** Where the things are that campaigns name; undefined for what does not exist. */
export interface Whereabouts {
	contactList(id: string): Promise<string | undefined>;
	dncList(id: string): Promise<string | undefined>;
	queue(id: string): Promise<string | undefined>;
}

/**
 * A campaign calls whom its list names, and gives work to its queue: whoever has it name them may see the lists where those
 * are, and have campaigns where the queue is. What it has named before stays.
 * @param permission to make, or to change, campaigns
 * @throws ApiError 403 `missing.division.permission`
 */
export async function requireReach(
	now: CampaignValue,
	before: CampaignValue | undefined,
	{ principal, permission, where }: { principal: Principal; permission: string; where: Whereabouts },
): Promise<void> {
	const require = async (asked: string, division: Promise<string | undefined>) => {
		const divisionId = await division;
		if (divisionId !== undefined) requireInDivision(principal, [asked], divisionId);
	};
	if (now.contactListId !== before?.contactListId)
		await require("outbound:contactList:view", where.contactList(now.contactListId));
	for (const id of now.dncListIds)
		if (!before?.dncListIds.includes(id)) await require("outbound:dncList:view", where.dncList(id));
	if (now.queueId !== undefined && now.queueId !== before?.queueId) await require(permission, where.queue(now.queueId));
}

/**
 * Rules read a list's contacts, and put contacts onto others: whoever writes them may see the one, and add to the others, where
 * those are. What stood there before stays.
 * @throws ApiError 403 `missing.division.permission`
 */
export async function requireRuleReach(
	now: RuleSetValue,
	before: RuleSetValue | undefined,
	{ principal, where }: { principal: Principal; where: Pick<Whereabouts, "contactList"> },
): Promise<void> {
	const require = async (permission: string, listId: string) => {
		const divisionId = await where.contactList(listId);
		if (divisionId !== undefined) requireInDivision(principal, [permission], divisionId);
	};
	const { contactListId } = now;
	if (contactListId !== undefined && contactListId !== before?.contactListId)
		await require("outbound:contactList:view", contactListId);
	const known = new Set(before?.listIds);
	for (const id of now.listIds) if (!known.has(id)) await require("outbound:contact:add", id);
}
