import { type Screens, shows } from "../../shell/screens.tsx";
import { QueueScreen } from "./queue-screen.tsx";
import { QueueModel, QueuesModel } from "./queues-model.ts";
import { QueuesScreen } from "./queues-screen.tsx";

export const screens: Screens = {
	queues: shows(QueuesScreen, ({ api }) => new QueuesModel(api)),
	queue: shows(QueueScreen, ({ api, self, id }) => new QueueModel(api, self, id)),
	"new-queue": shows(QueueScreen, ({ api, self }) => new QueueModel(api, self)),
};
