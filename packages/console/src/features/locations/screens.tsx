import { type Screens, shows } from "../../shell/screens.tsx";
import { LocationModel, LocationsModel } from "./location-model.ts";
import { LocationScreen } from "./location-screen.tsx";
import { LocationsScreen } from "./locations-screen.tsx";

export const screens: Screens = {
	locations: shows(LocationsScreen, ({ api }) => new LocationsModel(api)),
	location: shows(LocationScreen, ({ api, self, id }) => new LocationModel(api, self, id)),
	"new-location": shows(LocationScreen, ({ api, self }) => new LocationModel(api, self)),
};
