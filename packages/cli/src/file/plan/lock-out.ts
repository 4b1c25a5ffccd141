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
	return steps.flatMap((step) => {
		const text = whyNot(step, self, world);
		return text === undefined ? [] : [{ step, text }];
	});
}

function whyNot(step: Step, self: Self, world: World): string | undefined {
	const id = step.found?.id;
	if (id === undefined) return undefined;
	if (step.section === "clients" && id === self.clientId) return ownClient(step);
	if (step.section === "users" && id === self.userId) return ownAccount(step);
	if (step.section === "groups" && self.groupIds.has(id)) return ownGroup(step, self);
	if (step.section === "roles" && self.roleIds.has(id)) return ownRole(step, self, world);
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

function ownRole({ action, changes, found, name }: Step, self: Self, world: World): string | undefined {
	const others = world.things("roles").filter((raw) => self.roleIds.has(idOf(raw)) && idOf(raw) !== found?.id);
	const elsewhere = others.flatMap((raw) => permissionsOf(listOf(raw.permissionPolicies)));
	const before = listOf<string>(found?.values.permissions);
	const change = changed(changes, "permissions");
	const after = action === "delete" ? [] : change ? listOf<string>(change.after) : before;
	const lost = keys.filter((key) => holds([...before, ...elsewhere], key) && !holds([...after, ...elsewhere], key));
	if (lost.length === 0) return undefined;
	return `You hold the role "${name}": without ${lost.join(", ")} in it you could not undo this. Somebody else has to do it.`;
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
