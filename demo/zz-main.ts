import { readConfig, startInlay } from "@inlay/core";
import { writeDemoFile } from "./src/demo-file.ts";
import { seedDemo } from "./src/seed.ts";
const config = readConfig(process.argv.slice(3), process.env);
const inlay = await startInlay(config, [async (kernel, services) => ({ routes: [], start: async () => {
  const base = (n: number) => `http://localhost:${config.port + n}`;
  await writeDemoFile(config.dataDir, await seedDemo(kernel, services, { crm: base(1), customer: base(2) }));
} })]);
process.on("SIGTERM", async () => { await inlay.stop(); process.exit(0); });
