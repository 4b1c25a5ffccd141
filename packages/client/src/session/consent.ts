import type { LiveInteraction } from "./interaction.ts";
import { displayAddress, partyIsLive } from "./participants.ts";

/** Somebody outside is asked whether they may be recorded, or has said no: nothing of the call is recorded. */
export interface LackingConsent {
	state: "asked" | "refused";
	partyId: string;
	name: string;
}

/** Whose yes is missing, where a recording policy asks for it; a question comes before a refusal. */
export function lackingConsent({ source, state }: LiveInteraction): LackingConsent | undefined {
	if (state !== "connected") return undefined;
	const asked = (source.participants ?? []).flatMap((party) => {
		const { inlayConsent } = party.calls?.at(-1) ?? {};
		if (!partyIsLive(party) || (inlayConsent !== "asked" && inlayConsent !== "refused")) return [];
		return { state: inlayConsent, partyId: party.id ?? "", name: party.name || displayAddress(party.address) };
	});
	return asked.find((one) => one.state === "asked") ?? asked[0];
}

/** Somebody has agreed, and nobody has refused or is still asked. */
export function isConsentGiven(call: LiveInteraction): boolean {
	const said = (call.source.participants ?? []).map((party) => partyIsLive(party) && party.calls?.at(-1)?.inlayConsent);
	return said.includes("given") && !lackingConsent(call);
}
