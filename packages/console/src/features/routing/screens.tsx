import { type Screens, shows } from "../../shell/screens.tsx";
import { RoutingModel } from "./routing-model.ts";
import { RoutingScreen } from "./routing-screen.tsx";

export const screens: Screens = {
	routing: shows(RoutingScreen, ({ api }) => new RoutingModel(api)),
};
