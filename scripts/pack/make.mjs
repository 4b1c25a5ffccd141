// Run by scripts/pack.mjs with the Node that Inlay runs on: node scripts/pack/make.mjs <workspace> <folder>
import { makePackageFolder } from "./package-folder.mjs";

makePackageFolder(process.argv[2], process.argv[3]);
