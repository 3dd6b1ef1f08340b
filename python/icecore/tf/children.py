"""Processes that multiprocessing starts anew ("spawn") for a script: `tensorflow` is Icecore in them as well."""
from icecore.tf import import_hook, legacy


def install(with_legacy):
    """Makes this process one in which `import tensorflow` means Icecore, and those that it spawns."""
    import_hook.install()
    if with_legacy:
        legacy.install()

    def teach(module):
        original = module.get_command_line

        def get_command_line(**words):
            line = original(**words)
            if '-c' in line:
                at = line.index('-c') + 1
                line[at] = 'from icecore.tf import children; children.install(%r); %s' % (with_legacy, line[at])
            return line

        module.get_command_line = get_command_line

    legacy.when_imported({'multiprocessing.spawn': teach})
