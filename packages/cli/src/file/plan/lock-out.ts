/** Steps by which who runs this would not get in any more, or could not undo what was done. */
import { permissionMatches } from "@inlay/contract";
import { idOf, listOf } from "../kinds/kind.ts";
import { permissionsOf } from "../kinds/roles.ts";
import type { Change } from "./compare.ts";
import type { Self } from "./self.ts";
import type { Step } from "./step.ts";
import type { World } from "./world.ts";

export interface LockOut {
	step: Step;
	text: string;
}

/** What it takes to undo a file: who had one of these before has it afterwards. */
const keys = [
	"oauth:client:edit",
	"authorization:role:edit",
	"authorization:grant:add",
	"directory:user:edit",
	"directory:group:edit",
	"integrations:integration:edit",
];

export function lockOuts(steps: readonly Step[], self: Self, world: World): LockOut[] {
	const lost = lostKeys(steps, self, world);
	return steps.flatMap((step) => {
		const text = whyNot(step, self, lost);
		return text === undefined ? [] : [{ step, text }];
	});
}

/** What nobody guards, as it was not told who asks. */
export function unguarded({ clientId, userId, isWhole }: Self): string[] {
	if (isWhole && (clientId || userId)) return [];
	return [
		"Who is signed in, and by which roles, may not be read with this token: nothing keeps this from locking you out.",
	];
}

function whyNot(step: Step, self: Self, lost: readonly string[]): string | undefined {
	const id = step.found?.id;
	if (id === undefined) return undefined;
	if (step.section === "clients" && id === self.clientId) return ownClient(step);
	if (step.section === "users" && id === self.userId) return ownAccount(step);
	if (step.section === "groups" && self.groupIds.has(id)) return ownGroup(step, self);
	if (step.section === "roles" && self.roleIds.has(id)) return ownRole(step, lost);
	return undefined;
}

function ownClient({ action, changes, name }: Step): string | undefined {
	const start = `You are signed in by the client "${name}"`;
	if (action === "delete") return `${start}: to delete it would lock you out.`;
	if (changed(changes, "active")?.after === false) return `${start}: to switch it off would lock you out.`;
	if (changed(changes, "grantType")) return `${start}: with another grant type it would let you in no more.`;
	const lost = lostOf(changed(changes, "grants"));
	return lost.length > 0
		? `${start}: it would lose ${lost.join(", ")}, and you with it. Use another client.`
		: undefined;
}

function ownAccount({ action, changes, name }: Step): string | undefined {
	const start = `You are signed in as ${name}`;
	if (action === "delete") return `${start}: to delete the account would lock you out.`;
	if (changed(changes, "active")?.after === false) return `${start}: to deactivate the account would lock you out.`;
	const lost = lostOf(changed(changes, "grants"));
	return lost.length > 0
		? `${start}: you would lose ${lost.join(", ")}. Somebody else has to take that from you.`
		: undefined;
}

function ownGroup({ action, changes, name }: Step, self: Self): string | undefined {
	const isOut = lostOf(changed(changes, "members")).some((email) => email.toLowerCase() === self.name.toLowerCase());
	if (action !== "delete" && !isOut) return undefined;
	return `You have roles by the group "${name}": without it you would lose them. Somebody else has to do it.`;
}

/** Of each of one's own roles that a step takes something from: what one role leaves another may take. */
function ownRole(step: Step, lost: readonly string[]): string | undefined {
	const [before, after] = [listOf<string>(step.found?.values.permissions), permissionsAfter(step)];
	const taken = lost.filter((key) => holds(before, key) && !holds(after, key));
	if (taken.length === 0) return undefined;
	return `You hold the role "${step.name}": without ${taken.join(", ")} in it you could not undo this. Somebody else has to do it.`;
}

/** What one holds by some role before all of these steps, and by none after them. */
function lostKeys(steps: readonly Step[], { roleIds }: Self, world: World): string[] {
	const own = world.things("roles").filter((raw) => roleIds.has(idOf(raw)));
	const before = own.flatMap((raw) => permissionsOf(listOf(raw.permissionPolicies)));
	const after = own.flatMap((raw) => {
		const step = steps.find(({ section, found }) => section === "roles" && found?.id === idOf(raw));
		return step ? permissionsAfter(step) : permissionsOf(listOf(raw.permissionPolicies));
	});
	return keys.filter((key) => holds(before, key) && !holds(after, key));
}

function permissionsAfter({ action, changes, found }: Step): string[] {
	if (action === "delete") return [];
	const change = changed(changes, "permissions");
	return listOf<string>(change ? change.after : found?.values.permissions);
}

function holds(permissions: readonly string[], wanted: string): boolean {
	return permissions.some((one) => permissionMatches(one, wanted));
}

function changed(changes: readonly Change[], field: string): Change | undefined {
	return changes.find((one) => one.field === field);
}

function lostOf(change: Change | undefined): string[] {
	if (!change) return [];
	const after = listOf<string>(change.after);
	return listOf<string>(change.before).filter((one) => !after.includes(one));
}
