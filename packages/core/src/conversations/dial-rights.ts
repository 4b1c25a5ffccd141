import { isEmergencyNumber } from "@inlay/contract/emergency-numbers";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import type { Controller } from "./service.ts";

/** What gives calling numbers of one's own choice: the table names the first, roles give the second (platform-api 5.5). */
export const placing = ["conversation:conference:add", "conversation:call:add"] as const;

/**
 * Who may have which number called, wherever it is asked for in a call or callback: who may place calls, any; who may not,
 * those that came with the work which they have in hand. Transfers and consults have permissions of their own
 * (platform-api 5.4), which their routes ask for.
 *
 * @param agreed E.164 numbers that the work came with @throws ApiError 403
 */
export function requireDial(by: Controller, address: string, agreed: readonly string[] = []): void {
	if (by.may === undefined || agreed.includes(address) || placing.some((permission) => by.may?.(permission))) return;
	throw new ApiError(403, "missing.permissions", "Calling {number} needs one of the permissions {permissions}.", {
		params: { number: address, permissions: placing.join(", ") },
	});
}

/**
 * Nobody calls for help through the contact center: it would be sent to the place of this server, or of the one who is
 * handed over to.
 *
 * @param country ISO 3166 code of the organization
 * @throws ApiError 400 `emergency.number`
 */
export function refuseEmergency(address: string, fieldName: string, country: string): void {
	if (!isEmergencyNumber(address, country)) return;
	const text = `${address} is an emergency number: called from here, help would be sent to the wrong place. Call it from a phone where help is needed.`;
	throw badField(fieldName, text, "emergency.number");
}
