import { isDeepStrictEqual } from "node:util";
import { Type } from "typebox";
import { notSupported } from "./api-error.ts";
import { asksForNothing } from "./contract-check.ts";

/** A field of a body that a client sends back as it read it, and that is not the operation's to set. */
export const AsItStands = Type.Optional(Type.Unknown({ description: "As it stands; another value is refused." }));

/**
 * Refuses a field whose value is another than the one that stands: to drop it would say that it was set.
 * @param names of the fields that the operation does not set
 * @throws ApiError 400 `not.supported` naming them
 */
export function refuseOtherThanStands(sent: object, stands: object, names: readonly string[]): void {
	const [wanted, kept]: Array<Record<string, unknown>> = [{ ...sent }, { ...stands }];
	const changed = names.filter((name) => {
		const value = wanted?.[name];
		if (value === undefined || isDeepStrictEqual(value, kept?.[name])) return false;
		return kept?.[name] !== undefined || !asksForNothing(value);
	});
	if (changed.length > 0) throw notSupported(changed);
}
