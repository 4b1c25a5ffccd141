import { holdsPermission } from "@inlay/contract";
import type { GrantedPermission } from "../../kernel/principal.ts";
import type { OrganizationSettings } from "../organization-settings.ts";

/** Of whom an organization can ask for a second factor. */
export const demands = ["nobody", "administrators", "everybody"] as const;

type Demand = (typeof demands)[number];

/** Of whom it asks: everybody counts before administrators, whichever operation has said so. */
export function demandOf(settings: OrganizationSettings): Demand {
	if (settings.multifactorAuthenticationRequired) return "everybody";
	return settings.multifactorOfAdministrators ? "administrators" : "nobody";
}

/** The settings by which it asks. */
export function settingsOfDemand(demand: Demand): OrganizationSettings {
	return {
		multifactorAuthenticationRequired: demand === "everybody",
		multifactorOfAdministrators: demand === "administrators",
	};
}

/** With any of these somebody can let others in, let programs in, or decide what runs in everybody's panel. */
const powers = [
	"authorization:grant:add",
	"authorization:role:edit",
	"directory:organization:admin",
	"directory:user:add",
	"directory:user:edit",
	"directory:user:setPassword",
	"integrations:integration:edit",
	"oauth:client:add",
	"oauth:client:authorize",
	"oauth:client:edit",
	"sso:provider:add",
	"sso:provider:edit",
];

/** Whether somebody is an administrator for a demanded second factor, in whichever division. */
export function isAdministrator(grants: readonly GrantedPermission[]): boolean {
	const held = grants.map(({ permission }) => permission);
	return powers.some((power) => holdsPermission(held, power));
}
