import { type Screens, shows } from "../../shell/screens.tsx";
import { ProviderModel } from "./provider-model.ts";
import { ProviderScreen } from "./provider-screen.tsx";
import { ProvidersModel } from "./providers-model.ts";
import { ProvidersScreen } from "./providers-screen.tsx";

export const screens: Screens = {
	"single-sign-on": shows(ProvidersScreen, ({ api }) => new ProvidersModel(api)),
	"identity-provider": shows(ProviderScreen, ({ api, self, id }) => new ProviderModel(api, self, id)),
	"new-identity-provider": shows(ProviderScreen, ({ api, self }) => new ProviderModel(api, self)),
};
