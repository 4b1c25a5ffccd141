export type { Extension, ExtensionFactory, RunningInlay } from "./app.ts";
export { startInlay } from "./app.ts";
export type { Services } from "./app-services.ts";
export { type Config, readConfig } from "./kernel/config.ts";
export { type ConfigFlag, configFlags } from "./kernel/config-flags.ts";
export type { Kernel } from "./kernel/domain.ts";
export { Answer, noPermission, publicRoute, type Route, route } from "./kernel/route.ts";
export { portTaken, StartError } from "./kernel/start-error.ts";
export { seedClient, seedUser } from "./oauth/seed.ts";
