import { type Screens, shows } from "../../shell/screens.tsx";
import { readPlace } from "./kind-names.ts";
import { OutboundModel } from "./outbound-model.ts";
import { OutboundScreen } from "./outbound-screen.tsx";
import { OutboundThingModel } from "./thing-model.ts";
import { OutboundThingScreen } from "./thing-screen.tsx";

export const screens: Screens = {
	outbound: shows(OutboundScreen, ({ api, self }) => new OutboundModel(api, self)),
	"outbound-thing": shows(OutboundThingScreen, ({ api, self, id }) => {
		const { kind, id: thing } = readPlace(id);
		return new OutboundThingModel(api, self, kind, thing === "new" ? undefined : thing);
	}),
};
