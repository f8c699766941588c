#!/usr/bin/env node
import { Command } from 'commander';
import { maskCommand } from './commands/mask.ts';

await new Command('transcripts')
  .description('CXone transcript pipeline on this machine')
  .addCommand(maskCommand())
  .parseAsync();
