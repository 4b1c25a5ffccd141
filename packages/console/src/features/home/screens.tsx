import { type Screens, shows } from "../../shell/screens.tsx";
import { HomeModel } from "./home-model.ts";
import { HomeScreen } from "./home-screen.tsx";

export const screens: Screens = {
	home: shows(HomeScreen, ({ api, self }) => new HomeModel(api, self)),
};
