import { isDeepStrictEqual } from "node:util";
import { type Principal, requireInDivision } from "../kernel/principal.ts";
import type { Sight } from "../kernel/sight.ts";
import type { CampaignValue } from "./model.ts";
import type { RuleSetValue } from "./rule-set-model.ts";

/** Where the things are that campaigns name; undefined for what does not exist. */
export interface Whereabouts {
	contactList(id: string): Promise<string | undefined>;
	dncList(id: string): Promise<string | undefined>;
	queue(id: string): Promise<string | undefined>;
	/** Contact lists of the campaigns that have the rule set. */
	calledLists(ruleSetId: string): Promise<readonly string[]>;
	/** Contact lists onto which the rules of the set put contacts. */
	filledLists(ruleSetId: string): Promise<readonly string[]>;
}

/**
 * A campaign calls whom its list names, shows agents its script and gives work to its queue: whoever has it name them may see
 * lists and script where those are, and have campaigns where the queue is. Rules that put contacts of that list onto others are taken in by whoever may see
 * the one and add to the others. What it has named before stays.
 * @param permission to make, or to change, campaigns
 * @throws ApiError 403 `missing.division.permission`
 */
export async function requireReach(
	now: CampaignValue,
	before: CampaignValue | undefined,
	{
		principal,
		permission,
		where,
		sight,
	}: { principal: Principal; permission: string; where: Whereabouts; sight: Sight },
): Promise<void> {
	const require = async (asked: string, division: Promise<string | undefined>) => {
		const divisionId = await division;
		if (divisionId !== undefined) requireInDivision(principal, [asked], divisionId);
	};
	await sight.requireNew(principal, namedBy(now), before && namedBy(before));
	if (now.queueId !== undefined && now.queueId !== before?.queueId) await require(permission, where.queue(now.queueId));
	const known = now.contactListId === before?.contactListId ? before.ruleSetIds : undefined;
	for (const ruleSetId of now.ruleSetIds ?? []) {
		if (known?.includes(ruleSetId)) continue;
		const filled = await where.filledLists(ruleSetId);
		if (filled.length > 0) await sight.requireNew(principal, { contactList: [now.contactListId] });
		for (const id of filled) await require("outbound:contact:add", where.contactList(id));
	}
}

const namedBy = ({ contactListId, dncListIds, scriptId }: CampaignValue) => ({
	contactList: [contactListId],
	dncList: dncListIds,
	script: [scriptId],
});

/**
 * Rules read contacts of their list, and of all that campaigns call by them, and put contacts onto others: whoever writes them
 * may see the ones, and add to the others, where those are. What stood there before stays.
 * @param before with what it is named by, where there is one
 * @throws ApiError 403 `missing.division.permission`
 */
export async function requireRuleReach(
	now: RuleSetValue,
	before: { id: string; value: RuleSetValue } | undefined,
	{
		principal,
		where,
		sight,
	}: { principal: Principal; where: Pick<Whereabouts, "contactList" | "calledLists">; sight: Sight },
): Promise<void> {
	const require = async (permission: string, listId: string) => {
		const divisionId = await where.contactList(listId);
		if (divisionId !== undefined) requireInDivision(principal, [permission], divisionId);
	};
	const { contactListId } = now;
	const isNew = contactListId !== before?.value.contactListId || !isDeepStrictEqual(now.rules, before?.value.rules);
	if (isNew) {
		const called = before ? await where.calledLists(before.id) : [];
		await sight.requireNew(principal, { contactList: called.concat(contactListId ?? []) });
	}
	await sight.requireNew(principal, othersNamedBy(now), before && othersNamedBy(before.value));
	const known = new Set(before?.value.listIds);
	for (const id of now.listIds) if (!known.has(id)) await require("outbound:contact:add", id);
}

const othersNamedBy = ({ queueId, rules }: RuleSetValue) => ({
	queue: [queueId],
	wrapupCode: rules.flatMap(({ conditions }) =>
		conditions.flatMap((one) => (one.type === "wrapupCondition" ? one.codes : [])),
	),
});
