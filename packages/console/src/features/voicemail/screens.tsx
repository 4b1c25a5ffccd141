import { type Screens, shows } from "../../shell/screens.tsx";
import { GreetingModel } from "./greeting-model.ts";
import { GreetingScreen } from "./greeting-screen.tsx";
import { GreetingsModel, ownerOf } from "./greetings-model.ts";
import { GreetingsScreen } from "./greetings-screen.tsx";
import { VoicemailPolicyModel } from "./policy-model.ts";
import { VoicemailScreen } from "./policy-screen.tsx";

export const screens: Screens = {
	voicemail: shows(VoicemailScreen, ({ api, self }) => new VoicemailPolicyModel(api, self)),
	greetings: shows(GreetingsScreen, ({ api }) => new GreetingsModel(api)),
	greeting: shows(GreetingScreen, ({ api, id }) => {
		const owner = ownerOf(id);
		return owner && new GreetingModel(api, owner.type, owner.id);
	}),
};
