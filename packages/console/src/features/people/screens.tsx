import { type Screens, shows } from "../../shell/screens.tsx";
import { ImportModel } from "./bulk/import-model.ts";
import { ImportScreen } from "./bulk/import-screen.tsx";
import { GroupModel } from "./group-model.ts";
import { GroupScreen } from "./group-screen.tsx";
import { GroupsModel } from "./groups-model.ts";
import { GroupsScreen } from "./groups-screen.tsx";
import { NewPersonModel } from "./new-person-model.ts";
import { NewPersonScreen } from "./new-person-screen.tsx";
import { PeopleModel } from "./people-model.ts";
import { PeopleScreen } from "./people-screen.tsx";
import { PersonModel } from "./person-model.ts";
import { PersonScreen } from "./person-screen.tsx";

export const screens: Screens = {
	people: shows(PeopleScreen, ({ api, self }) => new PeopleModel(api, self)),
	"people-import": shows(ImportScreen, ({ api, self }) => new ImportModel(api, self)),
	person: shows(PersonScreen, ({ api, self, id }) => new PersonModel(api, id, self)),
	"new-person": shows(NewPersonScreen, ({ api, self }) => new NewPersonModel(api, self)),
	groups: shows(GroupsScreen, ({ api }) => new GroupsModel(api)),
	group: shows(GroupScreen, ({ api, self, id }) => new GroupModel(api, id, self)),
};
