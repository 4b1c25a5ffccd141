import { type Screens, shows } from "../../shell/screens.tsx";
import { ClientModel } from "./client-model.ts";
import { ClientScreen } from "./client-screen.tsx";
import { ClientsModel } from "./clients-model.ts";
import { ClientsScreen } from "./clients-screen.tsx";

export const screens: Screens = {
	clients: shows(ClientsScreen, ({ api }) => new ClientsModel(api)),
	client: shows(
		ClientScreen,
		({ api, self, panel, id }) => new ClientModel(api, panel.url, self, id),
		(kept, id) => kept instanceof ClientModel && kept.id.peek() === id,
	),
	"new-client": shows(ClientScreen, ({ api, self, panel }) => new ClientModel(api, panel.url, self)),
};
