import { isWritten } from "../../session/interaction.ts";
import type { FeatureManifest } from "../../shell/feature.ts";

/** Putting emails and messages aside for a while, so that they count against nothing (agent-features 8.2). */
export const manifest: FeatureManifest = {
	id: "parking",
	// Whoever has parked something takes it up again, whatever they may by then: the card asks for what parking takes.
	permissions: [],
	entry: { place: "card", order: 39 },
	card: {
		shows: (call, workspace) =>
			isWritten(call) &&
			(call.state === "parked" ||
				(call.state === "connected" && workspace.can(`conversation:${call.media as "email" | "message"}:park`))),
		load: () => import("./parking-card.tsx").then((module) => module.ParkingCard),
	},
};
