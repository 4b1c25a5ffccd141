import { type Screens, shows } from "../../shell/screens.tsx";
import { StatusModel } from "./status-model.ts";
import { StatusScreen } from "./status-screen.tsx";
import { StatusesModel } from "./statuses-model.ts";
import { StatusesScreen } from "./statuses-screen.tsx";

export const screens: Screens = {
	statuses: shows(StatusesScreen, ({ api }) => new StatusesModel(api)),
	status: shows(StatusScreen, ({ api, self, id }) => new StatusModel(api, self, id)),
	"new-status": shows(StatusScreen, ({ api, self }) => new StatusModel(api, self)),
};
