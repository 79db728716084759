#!/usr/bin/env node
import { Command } from 'commander';
import { addClientVerbs, runProgram } from './client.ts';

/** The command line for a clerk's own PC, built into one file (`npm run build:cli`). */
await runProgram(addClientVerbs(new Command('vankho').description('Văn Khố trên dòng lệnh').version('0.1.0')));
