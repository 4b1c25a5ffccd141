import { type Loss, lossOf, removed } from "../../session/losses.ts";
import { changedFields } from "../../session/three-way.ts";
import type { Group, OAuthClient, StagedVersion } from "../../session/wire.ts";
import { type Draft, type DraftField, originLines } from "./draft.ts";
import { checkSignIn } from "./sign-in-check.ts";

/** What a save of a deployment takes from agents, by the name of its text. */
export type DeploymentLoss =
	| "losesScript"
	| "losesStaged"
	| "losesTrial"
	| "losesAll"
	| "losesGroups"
	| "losesSignIn"
	| "losesPages"
	| "losesAddress";

/** What a save gives to those who use an active deployment, by the name of its text. */
export type DeploymentGift = "givesScript" | "givesSettings";

/** Nobody but administrators meets these. */
const ofTheForm: readonly DraftField[] = ["name", "notes", "frameworkJs"];

/** What reaches agents by a save of an active deployment, without another step. */
export function deploymentGifts(before: Draft, after: Draft): Array<Loss<DeploymentGift>> {
	// Where there is no script yet nobody works in it.
	if (before.frameworkJs === "") return [];
	const changed = changedFields(before, after);
	const isOther = changed.includes("frameworkJs") && after.frameworkJs !== "";
	return [
		...(isOther ? [{ code: "givesScript" as const, names: [] }] : []),
		...(changed.some((field) => !ofTheForm.includes(field)) ? [{ code: "givesSettings" as const, names: [] }] : []),
	];
}

export interface LossFacts {
	groups: readonly Group[];
	clients: readonly OAuthClient[];
	/** Origin of the panels. */
	origin: string;
	/** What some groups have first, or one administrator alone. */
	staged?: Pick<StagedVersion, "user"> | undefined;
}

/** What those who use an active deployment lose by a save. An edited script is the save's own purpose and is no loss. */
export function deploymentLosses(before: Draft, after: Draft, facts: LossFacts): Array<Loss<DeploymentLoss>> {
	if (before.frameworkJs === "") return [];
	if (after.frameworkJs === "") return [{ code: "losesScript", names: [] }];
	const ended = before.frameworkJs === after.frameworkJs ? undefined : facts.staged;
	return [
		...(ended ? [{ code: endOf(ended), names: [] }] : []),
		...groupLosses(before, after, facts.groups),
		...signInLosses(before, after, facts),
		...lossOf("losesPages", removed(originLines(before.allowedOrigins), originLines(after.allowedOrigins))),
		...(before.partnerName !== "" && before.partnerName !== after.partnerName.trim()
			? lossOf("losesAddress", [before.partnerName])
			: []),
	];
}

/** Whose version ends, by the name of its text. */
export function endOf({ user }: Pick<StagedVersion, "user">): "losesTrial" | "losesStaged" {
	return user ? "losesTrial" : "losesStaged";
}

function groupLosses(before: Draft, after: Draft, groups: readonly Group[]): Array<Loss<DeploymentLoss>> {
	if (after.groups.length === 0) return [];
	const named = (ids: readonly string[]) =>
		groups.filter((group) => ids.includes(group.id) && group.memberCount > 0).map((group) => group.name);
	if (before.groups.length > 0) return lossOf("losesGroups", named(removed(before.groups, after.groups)));
	return [{ code: "losesAll", names: groups.filter((group) => after.groups.includes(group.id)).map(sized) }];
}

function sized({ name, memberCount }: Group): string {
	return `${name} (${memberCount})`;
}

function signInLosses(before: Draft, after: Draft, { clients, origin }: LossFacts): Array<Loss<DeploymentLoss>> {
	const [was, is] = [before, after].map((draft) => checkSignIn(draft, clients, origin));
	if (!was || !is || !was.isReady || is.isReady) return [];
	return [{ code: "losesSignIn", names: is.client ? [is.client.name] : [] }];
}
