import type { ChangeRights } from "../authorization/rights-changes.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { GrantedPermission } from "../kernel/principal.ts";
import type { OrganizationService } from "./organization.ts";
import type { PermissionsOf } from "./second-factor/concerned.ts";
import { createSecondFactor } from "./second-factor/second-factor.ts";
import { SignInBrake } from "./sign-in/brake.ts";
import { Devices } from "./sign-in/devices.ts";
import { HashQueue } from "./sign-in/hash-queue.ts";
import { SignInKeys } from "./sign-in/keys.ts";
import { createPasswordChanges, type EndSessions, type RequireHandOver } from "./sign-in/password-changes.ts";
import { Refusals } from "./sign-in/refusals.ts";
import { createSignIn } from "./sign-in/sign-in.ts";
import type { UserStore } from "./store.ts";

/** How users prove who they are: password, second factor, device; and what slows down everybody else. */
export function createAuthentication(
	kernel: Kernel,
	parts: {
		store: UserStore;
		organization: OrganizationService;
		endSessions: EndSessions;
		changeRights: ChangeRights;
		requireHandOver: RequireHandOver;
		grantsOf(userId: string, trx?: Trx): Promise<readonly GrantedPermission[]>;
		permissionsOf: PermissionsOf;
		/** Told after the time of a user's sign-in was written. */
		recorded(userId: string): void;
	},
) {
	const { store, organization, endSessions, changeRights, requireHandOver, grantsOf, permissionsOf, recorded } = parts;
	const brake = new SignInBrake(kernel.database, kernel.clock);
	const keys = new SignInKeys(kernel.database.db);
	const devices = new Devices(keys, kernel.clock);
	const refusals = new Refusals(kernel, keys);
	const queue = new HashQueue();
	const signIn = createSignIn(kernel, { store, organization, brake, devices, queue, refusals, recorded });
	const changing = { store, organization, brake, devices, signIn, endSessions, changeRights, requireHandOver };
	const passwords = createPasswordChanges(kernel, changing);
	const secondFactor = createSecondFactor(kernel, {
		store,
		organization,
		brake,
		keys,
		refusals,
		endSessions,
		changeRights,
		requireHandOver,
		grantsOf,
		permissionsOf,
	});
	return { signIn, passwords, secondFactor, devices, refusals, stop: () => refusals.tellRest() };
}
