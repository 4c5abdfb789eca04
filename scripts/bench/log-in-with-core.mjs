// Writes a login to the store of the sf CLI under HOME, by the very library that reads it there. Arguments: a file of a package that
// ships @salesforce/core, the org's URL; the token comes by SF_ACCESS_TOKEN.
import { createRequire } from 'node:module';

const [file, url] = process.argv.slice(2);
const { AuthInfo } = createRequire(file)('@salesforce/core');
const accessTokenOptions = { accessToken: process.env.SF_ACCESS_TOKEN, instanceUrl: url, loginUrl: url };
const info = await AuthInfo.create({ accessTokenOptions });
await info.save();
