package ledger

import "syscall"

// Numbers by which Linux names file systems (statfs(2)) that are on another
// machine.
var networkMagic = map[uint32]bool{
	0x6969:     true, // NFS
	0x517b:     true, // SMB
	0xfe534d42: true, // SMB 2
	0xff534d42: true, // CIFS
	0x5346414f: true, // AFS
	0x6b414653: true, // AFS of the kernel
	0x73757245: true, // Coda
	0x564c:     true, // NCP
	0x00c36400: true, // Ceph
	0x0bd00bd0: true, // Lustre
}

func onNetwork(folder string) bool {
	var stat syscall.Statfs_t
	return syscall.Statfs(folder, &stat) == nil && networkMagic[uint32(stat.Type)]
}
